"""法定依据: laws, rules, policies and 三定 provisions on which matters rest, down to the article (Articles 1, 4.1)."""
