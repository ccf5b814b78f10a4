namespace Showcase.Lines.Wire;

/// <summary>A line of a head.</summary>
/// <param name="At">The position of its first byte.</param>
/// <param name="Length">The number of bytes without CRLF.</param>
/// <param name="Name">The name of the field; empty for the start line.</param>
/// <param name="Value">The value of the field, or the start line.</param>
internal sealed record WireLine(int At, int Length, string Name, string Value);
