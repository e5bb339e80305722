"""Settling: few transfers from bank to bank that bring all balances to zero, each declared and confirmed."""
