"""Rules are obeyed: each that members may vote changes what a member sees, owes or may do."""
