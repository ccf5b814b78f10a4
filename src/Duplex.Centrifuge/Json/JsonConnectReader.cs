using System.Collections.ObjectModel;
using Duplex.Centrifuge.Model.Requests;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Filtering;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Json;

/// <summary>Reads connects and subscribes. Unknown fields are passed over.</summary>
internal static class JsonConnectReader
{
    /// <summary>Reads a message that is a bare connect request.</summary>
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
        string token = "", name = "", version = "";
        ReadOnlyMemory<byte> data = default;
        Dictionary<string, SubscribeRequest>? subs = null;
        Dictionary<string, string>? headers = null;
        long flag = 0;
        while (json.NextField())
        {
            if (json.Is("token"u8)) token = json.String();
            else if (json.Is("data"u8)) data = json.Payload();
            else if (json.Is("subs"u8)) subs = Subs(ref json);
            else if (json.Is("name"u8)) name = json.String();
            else if (json.Is("version"u8)) version = json.String();
            else if (json.Is("headers"u8)) headers = Headers(ref json);
            else if (json.Is("flag"u8)) flag = json.Int64();
            else json.Skip();
        }

        return new ConnectRequest
        {
            Token = token,
            Data = data,
            Subs = (IReadOnlyDictionary<string, SubscribeRequest>?)subs ?? ReadOnlyDictionary<string, SubscribeRequest>.Empty,
            Name = name,
            Version = version,
            Headers = (IReadOnlyDictionary<string, string>?)headers ?? ReadOnlyDictionary<string, string>.Empty,
            Flag = flag,
        };
    }

    public static SubscribeRequest? Subscribe(ref JsonFieldReader json) =>
        json.TryEnterObject() ? SubscribeFields(ref json) : null;

    private static SubscribeRequest SubscribeFields(ref JsonFieldReader json)
    {
        string channel = "", token = "", epoch = "", delta = "", cursor = "";
        ulong offset = 0;
        bool recover = false, positioned = false, recoverable = false, joinLeave = false, ascending = false;
        ReadOnlyMemory<byte> data = default;
        FilterNode? filter = null;
        long flag = 0;
        int type = 0, phase = 0, limit = 0;
        while (json.NextField())
        {
            if (json.Is("channel"u8)) channel = json.String();
            else if (json.Is("token"u8)) token = json.String();
            else if (json.Is("recover"u8)) recover = json.Bool();
            else if (json.Is("epoch"u8)) epoch = json.String();
            else if (json.Is("offset"u8)) offset = json.UInt64();
            else if (json.Is("data"u8)) data = json.Payload();
            else if (json.Is("positioned"u8)) positioned = json.Bool();
            else if (json.Is("recoverable"u8)) recoverable = json.Bool();
            else if (json.Is("join_leave"u8)) joinLeave = json.Bool();
            else if (json.Is("delta"u8)) delta = json.String();
            else if (json.Is("tf"u8)) filter = json.TryEnterObject() ? Filter(ref json) : null;
            else if (json.Is("flag"u8)) flag = json.Int64();
            else if (json.Is("type"u8)) type = json.Int32();
            else if (json.Is("phase"u8)) phase = json.Int32();
            else if (json.Is("cursor"u8)) cursor = json.String();
            else if (json.Is("limit"u8)) limit = json.Int32();
            else if (json.Is("asc"u8)) ascending = json.Bool();
            else json.Skip();
        }

        return new SubscribeRequest
        {
            Channel = channel,
            Token = token,
            Recover = recover,
            Since = new StreamPosition(offset, epoch),
            Data = data,
            Positioned = positioned,
            Recoverable = recoverable,
            JoinLeave = joinLeave,
            Delta = delta,
            TagsFilter = filter,
            Flag = (SubscribeFlags)flag,
            Type = (SubscriptionType)type,
            Phase = (SubscriptionPhase)phase,
            Cursor = cursor,
            Limit = limit,
            Ascending = ascending,
        };
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

    // Nesting is bounded by the depth that the JSON reader allows.
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
