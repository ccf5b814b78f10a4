using System.Buffers;
using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Model.Pushes;
using Duplex.Execution;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Delta;
using Duplex.Messaging.Outbound;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Session;

/// <summary>Encodes messages in one encoding of the dialect and one framing. Create one instance per combination and share it: the hub groups clients by wire.</summary>
/// <param name="codec">The encoding.</param>
/// <param name="framing">The transport's framing.</param>
/// <param name="announcesDisconnect">Whether a push announces the end of the connection, because the transport has no close codes.</param>
internal sealed class DialectWire(IProtocolCodec codec, Framing framing, bool announcesDisconnect = false) : Wire
{
    private const int InitialBufferBytes = 1024;
    private const int MaxKeptBufferBytes = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    private readonly SharedFrame _ping = framing.Frame(codec.Ping);

    /// <summary>The encoding.</summary>
    public IProtocolCodec Codec => codec;

    // A JSON string cannot contain part of a character.
    private DeltaAlignment Alignment => codec.IsText ? DeltaAlignment.Characters : DeltaAlignment.Bytes;

    /// <inheritdoc/>
    public override bool IsText => codec.IsText;

    /// <inheritdoc/>
    public override bool AnnouncesDisconnect => announcesDisconnect;

    /// <summary>Encodes the reply to a command that succeeded; returns null if the encoding cannot carry the payload.</summary>
    public SharedFrame? EncodeResult(uint id, Result result)
    {
        var buffer = Begin();
        return End(buffer, codec.WriteResult(buffer, id, result));
    }

    /// <summary>Encodes the error reply to a command.</summary>
    public SharedFrame EncodeError(uint id, ClientError error)
    {
        var buffer = Begin();
        codec.WriteError(buffer, id, error);
        return End(buffer, true)!;
    }

    /// <summary>Encodes the connect push of one-way transports; returns null if the encoding cannot carry its data.</summary>
    public SharedFrame? EncodeConnect(ConnectResult result) => EncodePush(PushTarget.None, new ConnectPush(result));

    /// <inheritdoc/>
    public override SharedFrame? EncodePublication(
        string channel, long channelId, Publication publication, Publication? previous, PublicationForm form)
    {
        var isDelta = form.HasFlag(PublicationForm.Delta);
        if (form.HasFlag(PublicationForm.Patch) && previous is not null
            && FossilDelta.TryCreate(previous.Data.Span, publication.Data.Span, Alignment, out var patch))
        {
            publication = publication with { Data = patch, IsDelta = true };
        }

        var buffer = Begin();
        return End(buffer, codec.WritePublication(buffer, Target(channel, channelId, form), publication, isDelta));
    }

    /// <inheritdoc/>
    public override SharedFrame? EncodeJoin(string channel, long channelId, ClientInfo info, PublicationForm form) =>
        EncodePush(Target(channel, channelId, form), new JoinPush(info));

    /// <inheritdoc/>
    public override SharedFrame? EncodeLeave(string channel, long channelId, ClientInfo info, PublicationForm form) =>
        EncodePush(Target(channel, channelId, form), new LeavePush(info));

    /// <inheritdoc/>
    public override SharedFrame? EncodeSubscribe(SubscribeResult subscription) =>
        EncodePush(PushTarget.ByName(subscription.Channel), new SubscribePush(subscription));

    /// <inheritdoc/>
    public override SharedFrame EncodeUnsubscribe(string channel, Unsubscription reason) =>
        EncodePush(PushTarget.ByName(channel), new UnsubscribePush(reason.Code, reason.Reason))!;

    /// <inheritdoc/>
    public override SharedFrame? EncodeMessage(ReadOnlyMemory<byte> data) => EncodePush(PushTarget.None, new MessagePush(data));

    /// <inheritdoc/>
    public override SharedFrame EncodeRefresh(bool expires, uint ttlSeconds) =>
        EncodePush(PushTarget.None, new RefreshPush(expires, ttlSeconds))!;

    /// <inheritdoc/>
    public override SharedFrame EncodeDisconnect(Disconnect disconnect) => EncodePush(PushTarget.None, new DisconnectPush(disconnect))!;

    /// <inheritdoc/>
    public override SharedFrame EncodePing()
    {
        _ping.Retain();
        return _ping;
    }

    private static PushTarget Target(string channel, long channelId, PublicationForm form) =>
        form.HasFlag(PublicationForm.ById) ? PushTarget.ById(channelId) : PushTarget.ByName(channel);

    private SharedFrame? EncodePush(PushTarget target, Push push)
    {
        var buffer = Begin();
        return End(buffer, codec.WritePush(buffer, target, push));
    }

    private static ArrayBufferWriter<byte> Begin()
    {
        var buffer = _buffer ?? new ArrayBufferWriter<byte>(InitialBufferBytes);
        _buffer = null;
        return buffer;
    }

    private SharedFrame? End(ArrayBufferWriter<byte> buffer, bool isEncoded)
    {
        var frame = isEncoded ? framing.Frame(buffer.WrittenSpan) : null;
        buffer.ResetWrittenCount();
        if (buffer.Capacity <= MaxKeptBufferBytes) _buffer = buffer;
        return frame;
    }
}
