"""Turning a prompt into text: one protocol, the local 4-bit model or the shipped fake behind it."""
