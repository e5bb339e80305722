"""Who people are, beside the log: their profiles, sign-in, devices and photos, all correctable and erasable.

It stands under the contexts, which know members by their ids alone.
"""
