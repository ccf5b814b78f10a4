namespace Duplex.Centrifuge.Codecs;

/// <summary>What is wrong with a frame, for the log; clients learn only the disconnect code.</summary>
/// <param name="Reason">A constant text.</param>
/// <param name="Offset">Where, in bytes from the beginning of the command.</param>
public readonly record struct CommandFault(string Reason, int Offset);
