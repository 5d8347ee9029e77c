"""看板: what the lead, the bodies of the banner and the city see of the whole: figures, and the rows behind every one (Articles 3-8).

It writes nothing and keeps nothing: every figure is counted from the records when somebody looks.
"""
