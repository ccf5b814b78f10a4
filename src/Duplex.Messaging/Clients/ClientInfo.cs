namespace Duplex.Messaging.Clients;

/// <summary>Information about a client that other clients receive: in presence, in joins and leaves, and with its publications.</summary>
/// <param name="User">The user's id; empty for an anonymous client.</param>
/// <param name="Client">The client's id, one per connection.</param>
/// <param name="ConnectionInfo">JSON set when the client connected; empty when there is none.</param>
/// <param name="ChannelInfo">JSON set when the client subscribed to the channel; empty when there is none.</param>
public sealed record ClientInfo(
    string User,
    string Client,
    ReadOnlyMemory<byte> ConnectionInfo = default,
    ReadOnlyMemory<byte> ChannelInfo = default)
{
    // Size of an encoded entry without its values: names and punctuation.
    private const int EnvelopeBytes = 64;

    /// <summary>Approximate size in a reply in bytes, in either encoding.</summary>
    internal long ApproximateBytes => EnvelopeBytes + User.Length + (2 * Client.Length) + ConnectionInfo.Length + ChannelInfo.Length;
}
