using Duplex.Centrifuge.Codecs;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Filtering;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Json;

/// <summary>Reads connect and subscribe requests. Unknown fields are skipped.</summary>
internal static class JsonConnectReader
{
    /// <summary>Reads a connect request without a command around it.</summary>
    public static ConnectRequest? Message(ref JsonFieldReader json)
    {
        if (!json.TryEnterMessage()) return null;
        var request = ConnectFields(ref json);
        json.End();
        if (json.IsTooDeep) json.Refuse("data nested too deeply");
        return request;
    }

    public static ConnectRequest? Connect(ref JsonFieldReader json) =>
        json.TryEnterObject() ? ConnectFields(ref json) : null;

    private static ConnectRequest ConnectFields(ref JsonFieldReader json)
    {
        var request = new ConnectRequest();
        while (json.NextField())
        {
            if (json.Is("token"u8)) request.Token = json.String();
            else if (json.Is("data"u8)) request.Data = json.Payload();
            else if (json.Is("subs"u8)) request.Subs = Subs(ref json);
            else if (json.Is("name"u8)) request.Name = json.String();
            else if (json.Is("version"u8)) request.Version = json.String();
            else if (json.Is("headers"u8)) request.Headers = Headers(ref json);
            else if (json.Is("flag"u8)) request.Flag = json.Int64();
            else json.Skip();
        }

        return request;
    }

    public static SubscribeRequest? Subscribe(ref JsonFieldReader json) =>
        json.TryEnterObject() ? SubscribeFields(ref json) : null;

    private static SubscribeRequest SubscribeFields(ref JsonFieldReader json)
    {
        var request = new SubscribeRequest();
        var epoch = "";
        ulong offset = 0;
        while (json.NextField())
        {
            if (json.Is("channel"u8)) request.Channel = json.String();
            else if (json.Is("token"u8)) request.Token = json.String();
            else if (json.Is("recover"u8)) request.Recover = json.Bool();
            else if (json.Is("epoch"u8)) epoch = json.String();
            else if (json.Is("offset"u8)) offset = json.UInt64();
            else if (json.Is("data"u8)) request.Data = json.Payload();
            else if (json.Is("positioned"u8)) request.Positioned = json.Bool();
            else if (json.Is("recoverable"u8)) request.Recoverable = json.Bool();
            else if (json.Is("join_leave"u8)) request.JoinLeave = json.Bool();
            else if (json.Is("delta"u8)) request.Delta = json.String() == Deltas.Fossil;
            else if (json.Is("tf"u8)) request.TagsFilter = json.TryEnterObject() ? Filter(ref json) : null;
            else if (json.Is("flag"u8)) request.Flag = (SubscribeFlags)json.Int64();
            else if (json.Is("type"u8)) request.Type = (SubscriptionType)json.Int32();
            else if (json.Is("phase"u8)) request.Phase = (SubscriptionPhase)json.Int32();
            else if (json.Is("cursor"u8)) request.Cursor = json.String();
            else if (json.Is("limit"u8)) request.Limit = json.Int32();
            else if (json.Is("asc"u8)) request.Ascending = json.Bool();
            else json.Skip();
        }

        request.Since = new StreamPosition(offset, epoch);
        return request;
    }

    private static Dictionary<string, SubscribeRequest> Subs(ref JsonFieldReader json)
    {
        var subs = new Dictionary<string, SubscribeRequest>(StringComparer.Ordinal);
        if (!json.TryEnterObject()) return subs;
        while (json.NextField())
        {
            var channel = json.TakeName();
            if (Subscribe(ref json) is { } request) subs[channel] = request;
        }

        return subs;
    }

    private static Dictionary<string, string> Headers(ref JsonFieldReader json)
    {
        // RFC 9110 5.1: field names are case-insensitive.
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (!json.TryEnterObject()) return headers;
        while (json.NextField())
        {
            var name = json.TakeName();
            headers[name] = json.String();
        }

        return headers;
    }

    // JsonFieldReader limits the depth of nesting, and with it the recursion.
    private static FilterNode Filter(ref JsonFieldReader json)
    {
        string op = "", key = "", cmp = "", val = "";
        List<string> vals = [];
        List<FilterNode> nodes = [];
        while (json.NextField())
        {
            if (json.Is("op"u8)) op = json.String();
            else if (json.Is("key"u8)) key = json.String();
            else if (json.Is("cmp"u8)) cmp = json.String();
            else if (json.Is("val"u8)) val = json.String();
            else if (json.Is("vals"u8)) json.Strings(vals);
            else if (json.Is("nodes"u8))
            {
                if (!json.TryEnterArray()) continue;
                while (json.NextObject()) nodes.Add(Filter(ref json));
            }
            else json.Skip();
        }

        return new FilterNode { Op = op, Key = key, Cmp = cmp, Val = val, Vals = vals, Nodes = nodes };
    }
}
