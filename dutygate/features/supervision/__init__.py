"""线索（第七条、第八条）: reports of matters handed down around the procedure, examined and corrected, on a confidential chain."""
