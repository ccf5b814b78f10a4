namespace Duplex.Messaging.Outbound;

/// <summary>The ways one publication may look on one wire. Each is encoded at most once.</summary>
[Flags]
public enum PublicationForm
{
    /// <summary>The publication as it is, its channel by name.</summary>
    Plain = 0,

    /// <summary>For subscribers that negotiated deltas.</summary>
    Delta = 1,

    /// <summary>A patch against the publication before it; with <see cref="Delta"/> only.</summary>
    Patch = 2,

    /// <summary>The channel by its number.</summary>
    ById = 4,
}
