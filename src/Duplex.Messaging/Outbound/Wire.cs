using Duplex.Execution;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Outbound;

/// <summary>
/// A dialect's encoding in a transport's framing: clients with the same wire get the same bytes, so the hub makes
/// them once. Stateless, one instance per combination, safe from any thread. A method returns null when the
/// payload cannot be said on this wire (bytes that are not JSON, to JSON clients).
/// </summary>
public abstract class Wire
{
    /// <summary>Whether messages are text (JSON); false: they are binary (Protobuf).</summary>
    public abstract bool IsText { get; }

    /// <summary>Whether the end of a connection is announced by a push, because the transport has no close codes.</summary>
    public abstract bool AnnouncesDisconnect { get; }

    /// <summary>A publication.</summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="channelId">The channel's number on this node, used with <see cref="PublicationForm.ById"/>.</param>
    /// <param name="publication">What to say.</param>
    /// <param name="previous">The base of a patch, with <see cref="PublicationForm.Patch"/>.</param>
    /// <param name="form">How to say it.</param>
    public abstract SharedFrame? EncodePublication(
        string channel, long channelId, Publication publication, Publication? previous, PublicationForm form);

    /// <summary>A client joined a channel.</summary>
    public abstract SharedFrame? EncodeJoin(string channel, long channelId, ClientInfo info, PublicationForm form);

    /// <summary>A client left a channel.</summary>
    public abstract SharedFrame? EncodeLeave(string channel, long channelId, ClientInfo info, PublicationForm form);

    /// <summary>The server subscribed the client to a channel.</summary>
    public abstract SharedFrame? EncodeSubscribe(SubscribeResult subscription);

    /// <summary>The server unsubscribed the client from a channel.</summary>
    public abstract SharedFrame EncodeUnsubscribe(string channel, Unsubscription reason);

    /// <summary>An asynchronous message.</summary>
    public abstract SharedFrame? EncodeMessage(ReadOnlyMemory<byte> data);

    /// <summary>The server refreshed the connection.</summary>
    public abstract SharedFrame EncodeRefresh(bool expires, uint ttlSeconds);

    /// <summary>The connection ends.</summary>
    public abstract SharedFrame EncodeDisconnect(Disconnect disconnect);

    /// <summary>The ping. The caller gets a reference of its own.</summary>
    public abstract SharedFrame EncodePing();
}
