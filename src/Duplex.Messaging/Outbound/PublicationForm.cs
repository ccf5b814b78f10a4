namespace Duplex.Messaging.Outbound;

/// <summary>The forms of one publication on one wire. Each is encoded at most once.</summary>
[Flags]
internal enum PublicationForm
{
    /// <summary>The unchanged publication, with the channel's name.</summary>
    Plain = 0,

    /// <summary>The form for subscribers that negotiated deltas.</summary>
    Delta = 1,

    /// <summary>A patch against the previous publication; with <see cref="Delta"/> only.</summary>
    Patch = 2,

    /// <summary>The channel's number in place of its name.</summary>
    ById = 4,
}
