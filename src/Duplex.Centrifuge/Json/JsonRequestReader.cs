using Duplex.Centrifuge.Model.Requests;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Json;

/// <summary>Reads the requests that follow a connect, subscribes aside. Unknown fields are passed over.</summary>
internal static class JsonRequestReader
{
    public static UnsubscribeRequest? Unsubscribe(ref JsonFieldReader json) =>
        Channel(ref json) is { } channel ? new UnsubscribeRequest { Channel = channel } : null;

    public static PublishRequest? Publish(ref JsonFieldReader json)
    {
        if (!json.TryEnterObject()) return null;
        string channel = "", key = "";
        ReadOnlyMemory<byte> data = default;
        var type = 0;
        var removed = false;
        while (json.NextField())
        {
            if (json.Is("channel"u8)) channel = json.String();
            else if (json.Is("data"u8)) data = json.Payload();
            else if (json.Is("type"u8)) type = json.Int32();
            else if (json.Is("key"u8)) key = json.String();
            else if (json.Is("removed"u8)) removed = json.Bool();
            else json.Skip();
        }

        return new PublishRequest { Channel = channel, Data = data, Type = (SubscriptionType)type, Key = key, Removed = removed };
    }

    public static PresenceRequest? Presence(ref JsonFieldReader json) =>
        Channel(ref json) is { } channel ? new PresenceRequest { Channel = channel } : null;

    public static PresenceStatsRequest? PresenceStats(ref JsonFieldReader json) =>
        Channel(ref json) is { } channel ? new PresenceStatsRequest { Channel = channel } : null;

    public static HistoryRequest? History(ref JsonFieldReader json)
    {
        if (!json.TryEnterObject()) return null;
        var channel = "";
        var limit = 0;
        StreamPosition? since = null;
        var reverse = false;
        while (json.NextField())
        {
            if (json.Is("channel"u8)) channel = json.String();
            else if (json.Is("limit"u8)) limit = json.Int32();
            else if (json.Is("since"u8)) since = Position(ref json);
            else if (json.Is("reverse"u8)) reverse = json.Bool();
            else json.Skip();
        }

        return new HistoryRequest { Channel = channel, Limit = limit, Since = since, Reverse = reverse };
    }

    public static RpcRequest? Rpc(ref JsonFieldReader json)
    {
        if (!json.TryEnterObject()) return null;
        var method = "";
        ReadOnlyMemory<byte> data = default;
        while (json.NextField())
        {
            if (json.Is("method"u8)) method = json.String();
            else if (json.Is("data"u8)) data = json.Payload();
            else json.Skip();
        }

        return new RpcRequest { Method = method, Data = data };
    }

    public static SendRequest? Send(ref JsonFieldReader json)
    {
        if (!json.TryEnterObject()) return null;
        ReadOnlyMemory<byte> data = default;
        while (json.NextField())
        {
            if (json.Is("data"u8)) data = json.Payload();
            else json.Skip();
        }

        return new SendRequest { Data = data };
    }

    public static RefreshRequest? Refresh(ref JsonFieldReader json)
    {
        if (!json.TryEnterObject()) return null;
        var token = "";
        while (json.NextField())
        {
            if (json.Is("token"u8)) token = json.String();
            else json.Skip();
        }

        return new RefreshRequest { Token = token };
    }

    public static SubRefreshRequest? SubRefresh(ref JsonFieldReader json)
    {
        if (!json.TryEnterObject()) return null;
        string channel = "", token = "";
        var type = 0;
        List<TrackBatch> track = [];
        List<string> untrack = [];
        while (json.NextField())
        {
            if (json.Is("channel"u8)) channel = json.String();
            else if (json.Is("token"u8)) token = json.String();
            else if (json.Is("type"u8)) type = json.Int32();
            else if (json.Is("untrack"u8)) json.Strings(untrack);
            else if (json.Is("track"u8))
            {
                if (!json.TryEnterArray()) continue;
                while (json.NextObject()) track.Add(Batch(ref json));
            }
            else json.Skip();
        }

        return new SubRefreshRequest { Channel = channel, Token = token, Type = (SubRefreshType)type, Track = track, Untrack = untrack };
    }

    private static StreamPosition? Position(ref JsonFieldReader json)
    {
        if (!json.TryEnterObject()) return null;
        ulong offset = 0;
        var epoch = "";
        while (json.NextField())
        {
            if (json.Is("offset"u8)) offset = json.UInt64();
            else if (json.Is("epoch"u8)) epoch = json.String();
            else json.Skip();
        }

        return new StreamPosition(offset, epoch);
    }

    private static TrackBatch Batch(ref JsonFieldReader json)
    {
        var signature = "";
        List<KeyedItem> items = [];
        while (json.NextField())
        {
            if (json.Is("signature"u8)) signature = json.String();
            else if (json.Is("items"u8))
            {
                if (!json.TryEnterArray()) continue;
                while (json.NextObject()) items.Add(Item(ref json));
            }
            else json.Skip();
        }

        return new TrackBatch(signature, items);
    }

    private static KeyedItem Item(ref JsonFieldReader json)
    {
        var key = "";
        ulong version = 0;
        while (json.NextField())
        {
            if (json.Is("key"u8)) key = json.String();
            else if (json.Is("version"u8)) version = json.UInt64();
            else json.Skip();
        }

        return new KeyedItem(key, version);
    }

    private static string? Channel(ref JsonFieldReader json)
    {
        if (!json.TryEnterObject()) return null;
        var channel = "";
        while (json.NextField())
        {
            if (json.Is("channel"u8)) channel = json.String();
            else json.Skip();
        }

        return channel;
    }
}
