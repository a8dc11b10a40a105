"""A process killed at any step of any publish path leaves all of the act, or nothing."""



