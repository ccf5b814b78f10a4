namespace Duplex.Messaging.Clients;

/// <summary>What others may know about a client: in presence, in joins and leaves, and on what it publishes.</summary>
/// <param name="User">The user's id; empty for an anonymous client.</param>
/// <param name="Client">The client's id, one per connection.</param>
/// <param name="ConnectionInfo">JSON given when the client connected; empty when there is none.</param>
/// <param name="ChannelInfo">JSON given when the client subscribed to the channel; empty when there is none.</param>
public sealed record ClientInfo(
    string User,
    string Client,
    ReadOnlyMemory<byte> ConnectionInfo = default,
    ReadOnlyMemory<byte> ChannelInfo = default)
{
    // Besides the values: names and punctuation of an encoded entry.
    private const int EnvelopeBytes = 64;

    /// <summary>About what it takes in a reply, in either encoding.</summary>
    internal long ApproximateBytes => EnvelopeBytes + User.Length + (2 * Client.Length) + ConnectionInfo.Length + ChannelInfo.Length;
}
