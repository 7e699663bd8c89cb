"""What the desk shows: clients, sessions, comparisons, cohorts, the doctor."""
