"""演示: a year of 阿荣旗, invented on real published matters, performed through the one door like everything else."""
