namespace Duplex.Centrifuge.Model.Requests;

/// <summary>Bits of <see cref="SubscribeRequest.Flag"/>.</summary>
[Flags]
public enum SubscribeFlags : long
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Offered: pushes may carry a number in place of the channel's name.</summary>
    ChannelCompaction = 1,

    /// <summary>Demanded: a recovery that is not possible is answered with an error, not with a fresh start.</summary>
    RejectUnrecovered = 2,
}
