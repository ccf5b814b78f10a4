using Duplex.Messaging.Channels;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Json;

/// <summary>Reads the requests other than connect and subscribe. Unknown fields are skipped.</summary>
internal static class JsonRequestReader
{
    public static UnsubscribeRequest? Unsubscribe(ref JsonFieldReader json) =>
        Channel(ref json) is { } channel ? new UnsubscribeRequest { Channel = channel } : null;

    public static PublishRequest? Publish(ref JsonFieldReader json)
    {
        if (!json.TryEnterObject()) return null;
        var request = new PublishRequest();
        while (json.NextField())
        {
            if (json.Is("channel"u8)) request.Channel = json.String();
            else if (json.Is("data"u8)) request.Data = json.Payload();
            else if (json.Is("type"u8)) request.Type = (SubscriptionType)json.Int32();
            else if (json.Is("key"u8)) request.Key = json.String();
            else if (json.Is("removed"u8)) request.Removed = json.Bool();
            else json.Skip();
        }

        return request;
    }

    public static PresenceRequest? Presence(ref JsonFieldReader json) =>
        Channel(ref json) is { } channel ? new PresenceRequest { Channel = channel } : null;

    public static PresenceStatsRequest? PresenceStats(ref JsonFieldReader json) =>
        Channel(ref json) is { } channel ? new PresenceStatsRequest { Channel = channel } : null;

    public static HistoryRequest? History(ref JsonFieldReader json)
    {
        if (!json.TryEnterObject()) return null;
        var request = new HistoryRequest();
        while (json.NextField())
        {
            if (json.Is("channel"u8)) request.Channel = json.String();
            else if (json.Is("limit"u8)) request.Limit = json.Int32();
            else if (json.Is("since"u8)) request.Since = Position(ref json);
            else if (json.Is("reverse"u8)) request.Reverse = json.Bool();
            else json.Skip();
        }

        return request;
    }

    public static RpcRequest? Rpc(ref JsonFieldReader json)
    {
        if (!json.TryEnterObject()) return null;
        var request = new RpcRequest();
        while (json.NextField())
        {
            if (json.Is("method"u8)) request.Method = json.String();
            else if (json.Is("data"u8)) request.Data = json.Payload();
            else json.Skip();
        }

        return request;
    }

    public static SendRequest? Send(ref JsonFieldReader json)
    {
        if (!json.TryEnterObject()) return null;
        var request = new SendRequest();
        while (json.NextField())
        {
            if (json.Is("data"u8)) request.Data = json.Payload();
            else json.Skip();
        }

        return request;
    }

    public static RefreshRequest? Refresh(ref JsonFieldReader json)
    {
        if (!json.TryEnterObject()) return null;
        var request = new RefreshRequest();
        while (json.NextField())
        {
            if (json.Is("token"u8)) request.Token = json.String();
            else json.Skip();
        }

        return request;
    }

    public static SubRefreshRequest? SubRefresh(ref JsonFieldReader json)
    {
        if (!json.TryEnterObject()) return null;
        var request = new SubRefreshRequest();
        List<PollBatch> track = [];
        List<string> untrack = [];
        while (json.NextField())
        {
            if (json.Is("channel"u8)) request.Channel = json.String();
            else if (json.Is("token"u8)) request.Token = json.String();
            else if (json.Is("type"u8)) request.Type = (SubRefreshType)json.Int32();
            else if (json.Is("untrack"u8)) json.Strings(untrack);
            else if (json.Is("track"u8))
            {
                if (!json.TryEnterArray()) continue;
                while (json.NextObject()) track.Add(Batch(ref json));
            }
            else json.Skip();
        }

        (request.Track, request.Untrack) = (track, untrack);
        return request;
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

    private static PollBatch Batch(ref JsonFieldReader json)
    {
        var signature = "";
        List<PolledKey> items = [];
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

        return new PollBatch(signature, items);
    }

    private static PolledKey Item(ref JsonFieldReader json)
    {
        var key = "";
        ulong version = 0;
        while (json.NextField())
        {
            if (json.Is("key"u8)) key = json.String();
            else if (json.Is("version"u8)) version = json.UInt64();
            else json.Skip();
        }

        return new PolledKey(key, version);
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
