namespace Duplex.Protocol.Closing;

/// <summary>Which close codes may stand in a close frame.</summary>
public static class CloseCodes
{
    /// <summary>
    /// Whether a peer may send this code: those that RFC 6455 section 7.4.1 and the IANA registry define for the
    /// wire, and 3000 to 4999 (section 7.4.2). 1004 is reserved; 1005, 1006 and 1015 are for local use only.
    /// </summary>
    public static bool IsLegal(ushort code) => code switch
    {
        >= 1000 and <= 1003 or >= 1007 and <= 1014 => true,
        >= 3000 and <= 4999 => true,
        _ => false,
    };
}
