namespace Duplex.Messaging.Commands;

/// <summary>Bits of <see cref="SubscribeRequest.Flag"/>. The numbers are those of the wire.</summary>
[Flags]
internal enum SubscribeFlags : long
{
    /// <summary>No feature.</summary>
    None = 0,

    /// <summary>Offered: pushes may carry a number in place of the channel's name.</summary>
    ChannelCompaction = 1,

    /// <summary>Required: an impossible recovery returns error 112 instead of a fresh start.</summary>
    RejectUnrecovered = 2,
}
