namespace Duplex.Centrifuge.Codecs;

/// <summary>The fault of an invalid frame, for the log; the client receives only the disconnect code.</summary>
/// <param name="Reason">A constant text that names the violated rule.</param>
/// <param name="Offset">The position of the fault, in bytes from the start of the command.</param>
internal readonly record struct CommandFault(string Reason, int Offset);
