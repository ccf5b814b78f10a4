namespace Duplex.Protocol.Extensions;

/// <summary>The outcome of inflating a part of a message.</summary>
public enum InflateResult : byte
{
    /// <summary>All input was taken.</summary>
    Ok,

    /// <summary>The input is not deflated data.</summary>
    Corrupt,

    /// <summary>The output passed its limit.</summary>
    TooBig,
}
