using Duplex.Messaging.Commands;

namespace Duplex.Centrifuge.Codecs;

/// <summary>How a push names its channel: by number where the client was given one, otherwise by name.</summary>
public readonly record struct PushTarget
{
    private PushTarget(string channel, long id)
    {
        Channel = channel;
        Id = id;
    }

    /// <summary>For pushes that belong to no channel.</summary>
    public static PushTarget None { get; } = new("", 0);

    /// <summary>The channel's name; empty when <see cref="Id"/> stands for it.</summary>
    public string Channel { get; }

    /// <summary>The channel's number on this connection; 0 when <see cref="Channel"/> names it.</summary>
    public long Id { get; }

    /// <summary>By name.</summary>
    public static PushTarget ByName(string channel) => new(channel, 0);

    /// <summary>By the number given in <see cref="SubscribeResult.Id"/>.</summary>
    public static PushTarget ById(long id) => new("", id);
}
