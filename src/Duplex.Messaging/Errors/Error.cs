namespace Duplex.Messaging.Errors;

/// <summary>Why a command was refused; the connection lives on.</summary>
/// <param name="Code">100 to 399 for the hub, 400 to 1999 for applications.</param>
/// <param name="Message">Plain words for a developer.</param>
/// <param name="IsTemporary">Whether trying again may succeed; clients then retry connects and subscribes by themselves.</param>
public sealed record Error(uint Code, string Message, bool IsTemporary = false);
