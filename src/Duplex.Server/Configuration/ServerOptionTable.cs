using System.Text.RegularExpressions;
using Duplex.AspNetCore.Hosting;
using Duplex.AspNetCore.Tokens;
using Duplex.Configuration;
using Duplex.EventLoop.Hosting;
using Duplex.Messaging;
using Duplex.Protocol.Extensions;
using Microsoft.Extensions.Logging;

namespace Duplex.Server.Configuration;

/// <summary>The table of the options of the server outside namespaces, by path.</summary>
internal static class ServerOptionTable
{
    private static readonly NumberRangeAttribute Ports = new(0, 65535);

    public static IReadOnlyList<Option<ServerSettings>> All { get; } =
    [
        Option.Number<ServerSettings>("http_server.port", Ports, (s, v) => s.Port = v),
        Option.Text<ServerSettings>("http_server.address", (s, v) => s.Address = v),
        Option.Number<ServerSettings>("http_server.internal_port", Ports, (s, v) => s.InternalPort = v == 0 ? null : v),
        Option.Text<ServerSettings>("http_server.internal_address", (s, v) => s.InternalAddress = v.Length == 0 ? null : v),
        Option.Bool<ServerSettings>("http_server.tls.enabled", (s, v) => s.Tls.IsEnabled = v),
        Option.Text<ServerSettings>("http_server.tls.cert_pem", (s, v) => s.Tls.CertificatePem = v),
        Option.Text<ServerSettings>("http_server.tls.cert_pem_file", (s, v) => s.Tls.CertificateFile = v),
        Option.Text<ServerSettings>("http_server.tls.key_pem", (s, v) => s.Tls.KeyPem = v),
        Option.Text<ServerSettings>("http_server.tls.key_pem_file", (s, v) => s.Tls.KeyFile = v),
        Option.Choice<ServerSettings, EventLoopBackEnd>(
            "http_server.event_loops",
            (s, v) => s.EventLoops = v,
            ("auto", EventLoopBackEnd.Automatic), ("io_uring", EventLoopBackEnd.IoUring), ("epoll", EventLoopBackEnd.Epoll), ("off", EventLoopBackEnd.None)),
        Option.Choice<ServerSettings, LogLevel>(
            "log.level",
            (s, v) => s.LogLevel = v,
            ("trace", LogLevel.Trace), ("debug", LogLevel.Debug), ("info", LogLevel.Information), ("warn", LogLevel.Warning), ("error", LogLevel.Error), ("none", LogLevel.None)),
        Option.Duration<ServerSettings>("shutdown.timeout", OptionRange.OfTime<HubOptions>(nameof(HubOptions.ShutdownTimeout)), (s, v) => s.ShutdownTimeout = v),
        Option.Bool<ServerSettings>("health.enabled", (s, v) => s.HasHealth = v),
        Option.Path<ServerSettings>("health.handler_prefix", (s, v) => s.HealthPath = v),
        Option.Fixed<ServerSettings>("engine.type", "memory is the only engine: leave it out.", "memory"),

        Option.Text<ServerSettings>("http_api.key", (s, v) => s.Api.Key = v.Length == 0 ? null : v),
        Option.Bool<ServerSettings>("http_api.insecure", (s, v) => s.Api.IsInsecure = v),
        Option.Choice<ServerSettings, bool>("http_api.error_mode", (s, v) => s.Api.UsesTransportErrors = v, ("", false), ("transport", true)),
        Option.Bool<ServerSettings>("http_api.disabled", (s, v) => s.HasApi = !v),
        Option.Bool<ServerSettings>("http_api.external", (s, v) => s.IsApiExternal = v),
        Option.Path<ServerSettings>("http_api.handler_prefix", (s, v) => s.ApiPath = v),

        Option.Bool<ServerSettings>("websocket.disabled", (s, v) => s.Transport.WebSocket.IsEnabled = !v),
        Option.Path<ServerSettings>("websocket.handler_prefix", (s, v) => s.Transport.WebSocket.Path = v),
        .. Compression("websocket", s => s.Compression),
        MaxBytes("websocket.message_size_limit", t => t.WebSocket),
        .. Transport("http_stream", t => t.HttpStream),
        MaxBytes("http_stream.max_request_body_size", t => t.HttpStream),
        .. Transport("sse", t => t.Sse),
        MaxBytes("sse.max_request_body_size", t => t.Sse),
        Option.Path<ServerSettings>("emulation.handler_prefix", (s, v) => s.Transport.Emulation.Path = v),
        MaxBytes("emulation.max_request_body_size", t => t.Emulation),
        .. Transport("uni_websocket", t => t.OneWayWebSocket),
        .. Compression("uni_websocket", s => s.OneWayCompression),
        MaxBytes("uni_websocket.message_size_limit", t => t.OneWayWebSocket),
        .. Transport("uni_sse", t => t.OneWaySse),
        MaxBytes("uni_sse.max_request_body_size", t => t.OneWaySse),
        .. Transport("uni_http_stream", t => t.OneWayHttpStream),
        MaxBytes("uni_http_stream.max_request_body_size", t => t.OneWayHttpStream),

        HubTimeOrOff("client.ping_interval", nameof(HubOptions.PingInterval), (o, v) => o.PingInterval = v),
        HubTime("client.pong_timeout", nameof(HubOptions.PongTimeout), (o, v) => o.PongTimeout = v),
        HubTime("client.stale_close_delay", nameof(HubOptions.StaleTimeout), (o, v) => o.StaleTimeout = v),
        TransportTime("client.close_timeout", nameof(TransportOptions.CloseTimeout), (o, v) => o.CloseTimeout = v),
        TransportTime("client.message_timeout", nameof(TransportOptions.MessageTimeout), (o, v) => o.MessageTimeout = v),
        TransportTime("client.write_timeout", nameof(TransportOptions.WriteTimeout), (o, v) => o.WriteTimeout = v),
        TransportTimeOrOff("client.max_delivery_delay", nameof(TransportOptions.MaxDeliveryDelay), (o, v) => o.MaxDeliveryDelay = v),
        HubTime("client.expired_close_delay", nameof(HubOptions.ExpiredCloseDelay), (o, v) => o.ExpiredCloseDelay = v),
        HubTime("client.expired_sub_close_delay", nameof(HubOptions.ExpiredSubscriptionDelay), (o, v) => o.ExpiredSubscriptionDelay = v),
        HubNumber("client.channel_limit", nameof(HubOptions.MaxSubscriptionsPerClient), (o, v) => o.MaxSubscriptionsPerClient = v),
        HubNumber("client.queue_max_size", nameof(HubOptions.MaxQueuedBytes), (o, v) => o.MaxQueuedBytes = v),
        HubTime("client.presence_update_interval", nameof(HubOptions.PresenceUpdateInterval), (o, v) => o.PresenceUpdateInterval = v),
        HubTime("client.channel_position_check_delay", nameof(HubOptions.PositionCheckInterval), (o, v) => o.PositionCheckInterval = v),
        HubNumber("client.history_max_publication_limit", nameof(HubOptions.MaxHistoryPublications), (o, v) => o.MaxHistoryPublications = v),
        HubNumber("client.recovery_max_publication_limit", nameof(HubOptions.MaxRecoveryPublications), (o, v) => o.MaxRecoveryPublications = v),
        Option.Bool<ServerSettings>("client.insecure", (s, v) => s.Hub.IsInsecure = v),
        Option.Bool<ServerSettings>(
            "client.insecure_skip_token_signature_verify",
            (s, v) => s.ConnectionToken.InsecureSkipSignatureVerification = s.SubscriptionToken.InsecureSkipSignatureVerification = v),
        Option.Bool<ServerSettings>("client.allow_anonymous_connect_without_token", (s, v) => s.Hub.AllowAnonymous = v),
        Option.Bool<ServerSettings>("client.disallow_anonymous_connection_tokens", (s, v) => s.Hub.DisallowAnonymousTokens = v),
        Option.Bool<ServerSettings>("client.connect_include_server_time", (s, v) => s.Hub.ConnectIncludesServerTime = v),
        Option.Origins<ServerSettings>("client.allowed_origins", (s, v) =>
        {
            s.Transport.AllowedOrigins.Clear();
            foreach (var origin in v) s.Transport.AllowedOrigins.Add(origin);
        }),
        Option.NumberOrDefault<ServerSettings>("client.concurrency", OptionRange.OfNumber<HubOptions>(nameof(HubOptions.MaxConcurrentCommands)), 1, (s, v) => s.Hub.MaxConcurrentCommands = v),
        HubNumberOrOff("client.command_rate_limit", nameof(HubOptions.CommandRateLimit), (o, v) => o.CommandRateLimit = v),
        HubNumberOrOff("client.connection_limit", nameof(HubOptions.MaxConnections), (o, v) => o.MaxConnections = v),
        HubNumberOrOff("client.user_connection_limit", nameof(HubOptions.MaxConnectionsPerUser), (o, v) => o.MaxConnectionsPerUser = v),
        TransportNumberOrOff("client.connection_rate_limit", nameof(TransportOptions.ConnectionRateLimit), (o, v) => o.ConnectionRateLimit = v),
        Option.Bool<ServerSettings>("client.connect_code_to_unidirectional_disconnect.enabled", (s, v) => s.HasOneWayDisconnects = v),
        Option.Objects<ServerSettings, DisconnectTransform>(
            "client.connect_code_to_unidirectional_disconnect.transforms",
            TransformReader.DisconnectExpected,
            TransformReader.OneWay,
            (s, v) => s.OneWayDisconnects = v),
        Option.FieldName<ServerSettings>("client.user_id_http_header", (s, v) => s.Transport.UserIdHeader = v.Length == 0 ? null : v),
        Option.Bool<ServerSettings>("client.subscribe_to_user_personal_channel.enabled", (s, v) => s.Hub.PersonalChannel.IsEnabled = v),
        Option.Text<ServerSettings>(
            "client.subscribe_to_user_personal_channel.personal_channel_namespace", (s, v) => s.Hub.PersonalChannel.Namespace = v),
        Option.Bool<ServerSettings>(
            "client.subscribe_to_user_personal_channel.single_connection", (s, v) => s.Hub.PersonalChannel.IsSingleConnection = v),
        Option.Bool<ServerSettings>("client.subscription_token.enabled", (s, v) => s.HasSubscriptionTokens = v),
        .. Token("client.token", s => s.ConnectionToken),
        .. Token("client.subscription_token", s => s.SubscriptionToken),

        NamespaceOptionTable.DataFormat<ServerSettings>("channel.publication_data_format", (s, v) => s.Hub.DataFormat = v ?? Messaging.Channels.DataFormat.Json),
        HubNumber("channel.max_length", nameof(HubOptions.MaxChannelLength), (o, v) => o.MaxChannelLength = v),
        HubTime("channel.history_meta_ttl", nameof(HubOptions.HistoryMetaTtl), (o, v) => o.HistoryMetaTtl = v),
        Option.Fixed<ServerSettings>("channel.private_prefix", "the prefix is always \"$\": leave it out.", "$"),
        Option.Fixed<ServerSettings>("channel.namespace_boundary", "the boundary is always \":\": leave it out.", ":"),
        Option.Fixed<ServerSettings>("channel.user_boundary", "the boundary is always \"#\": leave it out.", "#"),
        Option.Fixed<ServerSettings>("channel.user_separator", "the separator is always \",\": leave it out.", ","),
        Option.Text<ServerSettings>("shared_poll.hmac_secret_key", (s, v) => s.PollSecretKey = v.Length == 0 ? null : v),
        Option.Bool<ServerSettings>("rpc.ping.enabled", (s, v) => s.AnswersPing = v),
        Option.Word<ServerSettings>("rpc.ping.method", (s, v) => s.PingMethod = v),
        .. ProxyOptionTable.All,
        .. RefusedOptionTable.Server,
    ];

    private static Option<ServerSettings> HubNumber(string name, string property, Action<HubOptions, int> set) =>
        Option.Number<ServerSettings>(name, OptionRange.OfNumber<HubOptions>(property), (s, v) => set(s.Hub, v));

    private static Option<ServerSettings> HubNumberOrOff(string name, string property, Action<HubOptions, int?> set) =>
        Option.NumberOrOff<ServerSettings>(name, OptionRange.OfNumber<HubOptions>(property), (s, v) => set(s.Hub, v));

    private static Option<ServerSettings> HubTime(string name, string property, Action<HubOptions, TimeSpan> set) =>
        Option.Duration<ServerSettings>(name, OptionRange.OfTime<HubOptions>(property), (s, v) => set(s.Hub, v));

    private static Option<ServerSettings> HubTimeOrOff(string name, string property, Action<HubOptions, TimeSpan?> set) =>
        Option.DurationOrOff<ServerSettings>(name, OptionRange.OfTime<HubOptions>(property), (s, v) => set(s.Hub, v));

    private static Option<ServerSettings> TransportNumberOrOff(string name, string property, Action<TransportOptions, int?> set) =>
        Option.NumberOrOff<ServerSettings>(name, OptionRange.OfNumber<TransportOptions>(property), (s, v) => set(s.Transport, v));

    private static Option<ServerSettings> TransportTime(string name, string property, Action<TransportOptions, TimeSpan> set) =>
        Option.Duration<ServerSettings>(name, OptionRange.OfTime<TransportOptions>(property), (s, v) => set(s.Transport, v));

    private static Option<ServerSettings> TransportTimeOrOff(string name, string property, Action<TransportOptions, TimeSpan?> set) =>
        Option.DurationOrOff<ServerSettings>(name, OptionRange.OfTime<TransportOptions>(property), (s, v) => set(s.Transport, v));

    private static IEnumerable<Option<ServerSettings>> Transport(string name, Func<TransportOptions, ClientEndpointOptions> of) =>
    [
        Option.Bool<ServerSettings>($"{name}.enabled", (s, v) => of(s.Transport).IsEnabled = v),
        Option.Path<ServerSettings>($"{name}.handler_prefix", (s, v) => of(s.Transport).Path = v),
    ];

    private static IEnumerable<Option<ServerSettings>> Compression(string name, Func<ServerSettings, CompressionSettings> of) =>
    [
        Option.Bool<ServerSettings>($"{name}.compression", (s, v) => of(s).IsEnabled = v),
        Option.Number<ServerSettings>($"{name}.compression_level", OptionRange.OfNumber<DeflateOptions>(nameof(DeflateOptions.Level)), (s, v) => of(s).Level = v),
        Option.Number<ServerSettings>($"{name}.compression_min_size", OptionRange.OfNumber<DeflateOptions>(nameof(DeflateOptions.MinMessageBytes)), (s, v) => of(s).MinBytes = v),
    ];

    private static Option<ServerSettings> MaxBytes(string name, Func<TransportOptions, ClientEndpointOptions> of) =>
        Option.Number<ServerSettings>(
            name, OptionRange.OfNumber<ClientEndpointOptions>(nameof(ClientEndpointOptions.MaxMessageBytes)), (s, v) => of(s.Transport).MaxMessageBytes = v);

    private static IEnumerable<Option<ServerSettings>> Token(string path, Func<ServerSettings, TokenOptions> of) =>
    [
        Option.Text<ServerSettings>($"{path}.hmac_secret_key", (s, v) => of(s).HmacSecretKey = v),
        Option.Text<ServerSettings>($"{path}.hmac_previous_secret_key", (s, v) => of(s).HmacPreviousSecretKey = v),
        Option.Time<ServerSettings>($"{path}.hmac_previous_secret_key_valid_until", (s, v) => of(s).HmacPreviousSecretKeyValidUntil = v),
        Option.PublicKey<ServerSettings>($"{path}.rsa_public_key", isRsa: true, (s, v) => of(s).RsaPublicKey = v),
        Option.PublicKey<ServerSettings>($"{path}.ecdsa_public_key", isRsa: false, (s, v) => of(s).EcdsaPublicKey = v),
        Option.Address<ServerSettings>($"{path}.jwks_public_endpoint", (s, v) => of(s).JwksPublicEndpoint = v),
        Option.Text<ServerSettings>($"{path}.audience", (s, v) => of(s).Audience = v.Length == 0 ? null : v),
        Pattern($"{path}.audience_regex", (s, v) => of(s).AudiencePattern = v?.ToString()),
        Option.Text<ServerSettings>($"{path}.issuer", (s, v) => of(s).Issuer = v.Length == 0 ? null : v),
        Pattern($"{path}.issuer_regex", (s, v) => of(s).IssuerPattern = v?.ToString()),
        Option.Text<ServerSettings>($"{path}.user_id_claim", (s, v) => of(s).UserIdClaim = v.Length == 0 ? "sub" : v),
    ];

    private static Option<ServerSettings> Pattern(string name, Action<ServerSettings, Regex?> set) => Option.Pattern(name, RegexOptions.CultureInvariant, set);
}
