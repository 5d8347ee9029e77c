"""The proof of the procedure, tested: sentences, the permission matrix, the walk, mutations (Articles 1-4.4)."""
