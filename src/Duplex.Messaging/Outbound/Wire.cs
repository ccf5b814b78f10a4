using Duplex.Execution;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Outbound;

/// <summary>
/// A dialect's encoding in a transport's framing. Clients with the same wire receive the same bytes, so the hub encodes
/// them once. Stateless, one instance per combination, safe from any thread. A method returns null when the
/// payload cannot be encoded for the wire (bytes that are not JSON, for JSON clients).
/// </summary>
internal abstract class Wire
{
    /// <summary>Whether messages are text (JSON); otherwise they are binary (Protobuf).</summary>
    public abstract bool IsText { get; }

    /// <summary>Whether a push announces the end of a connection, because the transport has no close codes.</summary>
    public abstract bool AnnouncesDisconnect { get; }

    /// <summary>Encodes a publication.</summary>
    /// <param name="channel">The channel's name.</param>
    /// <param name="channelId">The channel's number on this node, used with <see cref="PublicationForm.ById"/>.</param>
    /// <param name="publication">The publication.</param>
    /// <param name="previous">The base of a patch, with <see cref="PublicationForm.Patch"/>; null otherwise.</param>
    /// <param name="form">The form of the publication.</param>
    public abstract SharedFrame? EncodePublication(
        string channel, long channelId, Publication publication, Publication? previous, PublicationForm form);

    /// <summary>Encodes the join of a client to a channel.</summary>
    public abstract SharedFrame? EncodeJoin(string channel, long channelId, ClientInfo info, PublicationForm form);

    /// <summary>Encodes the leave of a client from a channel.</summary>
    public abstract SharedFrame? EncodeLeave(string channel, long channelId, ClientInfo info, PublicationForm form);

    /// <summary>Encodes a subscription that the server made for the client.</summary>
    public abstract SharedFrame? EncodeSubscribe(SubscribeResult subscription);

    /// <summary>Encodes the end of a subscription by the server.</summary>
    public abstract SharedFrame EncodeUnsubscribe(string channel, Unsubscription reason);

    /// <summary>Encodes an asynchronous message.</summary>
    public abstract SharedFrame? EncodeMessage(ReadOnlyMemory<byte> data);

    /// <summary>Encodes the renewal of the connection by the server.</summary>
    public abstract SharedFrame EncodeRefresh(bool expires, uint ttlSeconds);

    /// <summary>Encodes the end of the connection.</summary>
    public abstract SharedFrame EncodeDisconnect(Disconnect disconnect);

    /// <summary>Encodes a ping. The caller owns a reference to the frame.</summary>
    public abstract SharedFrame EncodePing();
}
