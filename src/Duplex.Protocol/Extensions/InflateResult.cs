namespace Duplex.Protocol.Extensions;

/// <summary>Specifies the outcome of inflating a part of a message.</summary>
public enum InflateResult : byte
{
    /// <summary>All input was consumed.</summary>
    Ok,

    /// <summary>The input is not valid deflate data.</summary>
    Corrupt,

    /// <summary>The output exceeded its limit.</summary>
    TooBig,
}
