using Duplex.Messaging.Commands;

namespace Duplex.Centrifuge.Codecs;

/// <summary>The channel of a push: its number when the client negotiated one, otherwise its name.</summary>
internal readonly record struct PushTarget
{
    private PushTarget(string channel, long id)
    {
        Channel = channel;
        Id = id;
    }

    /// <summary>The target of a push that belongs to no channel.</summary>
    public static PushTarget None { get; } = new("", 0);

    /// <summary>The channel's name; empty when <see cref="Id"/> identifies the channel.</summary>
    public string Channel { get; }

    /// <summary>The channel's number on this connection; 0 when <see cref="Channel"/> identifies the channel.</summary>
    public long Id { get; }

    /// <summary>Returns a target that identifies the channel by its name.</summary>
    public static PushTarget ByName(string channel) => new(channel, 0);

    /// <summary>Returns a target that identifies the channel by the number from <see cref="SubscribeResult.Id"/>.</summary>
    public static PushTarget ById(long id) => new("", id);
}
