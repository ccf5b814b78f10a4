namespace Duplex.Messaging.Codes;

/// <summary>Why a command failed, as its reply says it.</summary>
/// <param name="Code">100 to 399 for the hub (see <see cref="ClientErrors"/>), 400 to 1999 for applications.</param>
/// <param name="Message">A sentence for developers.</param>
/// <param name="IsTemporary">Whether the same command may succeed later.</param>
public sealed record ClientError(uint Code, string Message, bool IsTemporary = false);
