namespace Duplex.Protocol.Closing;

/// <summary>Validates the codes of close frames.</summary>
internal static class CloseCodes
{
    /// <summary>
    /// Returns whether a peer may send this code: those that RFC 6455 section 7.4.1 and the IANA registry define for the
    /// wire, and 3000 to 4999 (section 7.4.2). 1004 is reserved; 1005, 1006 and 1015 are for local use only.
    /// </summary>
    public static bool IsLegal(ushort code) => code switch
    {
        >= 1000 and <= 1003 or >= 1007 and <= 1014 => true,
        >= 3000 and <= 4999 => true,
        _ => false,
    };

    /// <summary>Validates a code that an application closes a connection with.</summary>
    /// <param name="code">
    /// A code that <see cref="IsLegal"/> permits, or <see cref="CloseCode.NoStatusReceived"/> for a close frame without a
    /// code.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The code must not be sent.</exception>
    public static void ThrowIfNotSendable(CloseCode code)
    {
        if (code == CloseCode.NoStatusReceived || IsLegal((ushort)code)) return;
        throw new ArgumentOutOfRangeException(
            nameof(code), code, "This close code must not be sent: use 1000 to 1003, 1007 to 1014, or 3000 to 4999 (RFC 6455 section 7.4).");
    }
}
