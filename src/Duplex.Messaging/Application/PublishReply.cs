using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Application;

/// <summary>A client's publication that is let through, with what it did not say itself.</summary>
public sealed record PublishReply
{
    /// <summary>What is published in place of what the client sent: serialised as JSON, or as it is when it is bytes. Null: what it sent.</summary>
    public object? Data { get; init; }

    /// <summary>Tags, history, idempotency and the like. Who published is filled in.</summary>
    public PublishOptions Options { get; init; } = new();
}
