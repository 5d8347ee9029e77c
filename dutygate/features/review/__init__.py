"""联席会议审核（第三条、第四条（二））: acceptance, seats x five points, departments, experts, conclusion, return and refusal."""
