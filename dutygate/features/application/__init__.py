"""书面申请与征求意见（第一条、第四条（一）、第五条）: the eleven items, who is asked, what every township answered."""
