namespace Showcase.Lines.Wire;

/// <summary>The head of an HTTP message at the beginning of a connection.</summary>
/// <param name="Bytes">The bytes as they passed, the empty line included.</param>
/// <param name="Lines">The start line and the field lines.</param>
internal sealed record WireHead(byte[] Bytes, IReadOnlyList<WireLine> Lines);
