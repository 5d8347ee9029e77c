"""The procedure as data, and the one function that decides: may this unit do this, now, and where does it lead?"""
