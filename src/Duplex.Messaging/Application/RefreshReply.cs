namespace Duplex.Messaging.Application;

/// <summary>A connection or subscription that is renewed. To end one, a handler returns null.</summary>
public sealed record RefreshReply
{
    /// <summary>When it expires next; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// About the connection, or about the client in the channel, from now on: serialised as JSON, or as it is when it is
    /// bytes. Null: as before.
    /// </summary>
    public object? Info { get; init; }

    /// <summary>A JSON object about the connection for handlers, which clients never see; empty: as before. Not for subscriptions.</summary>
    public ReadOnlyMemory<byte> Meta { get; init; }

    /// <summary>Reads a handler's result, which may be the new expiry alone; null when that has passed, or there is none.</summary>
    internal static RefreshReply? Of(object? result, DateTimeOffset now)
    {
        var reply = result is DateTimeOffset expiry ? new RefreshReply { ExpiresAt = expiry } : result as RefreshReply;
        return reply?.ExpiresAt <= now ? null : reply;
    }
}
