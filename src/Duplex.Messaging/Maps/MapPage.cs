using Duplex.Messaging.Channels;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>A step of a map subscription, as its reply says it.</summary>
/// <param name="Type">The kind of map.</param>
/// <param name="Phase">Where the client stands now: only when it is live, changes are pushed.</param>
/// <param name="State">Entries.</param>
/// <param name="Cursor">Where the next page of entries begins; empty after the last.</param>
public sealed record MapPage(SubscriptionType Type, SubscriptionPhase Phase, IReadOnlyList<Publication> State, string Cursor);
