using System.Security.Cryptography;
using System.Text;
using Duplex.AspNetCore.Tokens;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.AspNetCore.Tests.Tokens;

public sealed class TokenVerifierTests : IDisposable
{
    private const string Claims = """{"sub":"42"}""";
    private const string PaceFault = "override.pace.value is not an object such as {\"delay_ms\":250,\"latest\":true}";
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1000));
    private readonly PublishedKeys _published = new();
    private readonly SingleHandlerFactory _http;

    public TokenVerifierTests() => _http = new SingleHandlerFactory(_published);

    public void Dispose() => _published.Dispose();

    [Theory]
    [InlineData("HS256", "secret")]
    [InlineData("HS384", "secret")]
    [InlineData("HS512", "secret")]
    [InlineData("HS256", "a secret that is longer than the block of the hash, which has sixty-four bytes")]
    public async Task A_token_signed_with_the_secret_is_valid(string algorithm, string secret)
    {
        var verifier = Verifier(options => options.HmacSecretKey = secret);

        Assert.Equal("42", (await Valid(verifier, TokenMint.Hmac(Claims, secret, algorithm))).User);
        await ShouldBe(TokenStatus.Invalid, verifier, TokenMint.Hmac(Claims, secret + "!", algorithm));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    public async Task A_token_signed_with_the_RSA_key_is_valid(string algorithm)
    {
        using var key = RSA.Create(2048);
        using var other = RSA.Create(2048);
        var verifier = Verifier(options => options.RsaPublicKey = key.ExportSubjectPublicKeyInfoPem());

        await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Rsa(Claims, key, algorithm));
        await ShouldBe(TokenStatus.Invalid, verifier, TokenMint.Rsa(Claims, other, algorithm));
    }

    [Theory]
    [InlineData("ES256", "nistP256")]
    [InlineData("ES384", "nistP384")]
    [InlineData("ES512", "nistP521")]
    public async Task A_token_signed_with_the_elliptic_key_is_valid(string algorithm, string curve)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        using var other = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        var verifier = Verifier(options => options.EcdsaPublicKey = key.ExportSubjectPublicKeyInfoPem());

        await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Elliptic(Claims, key, algorithm));
        await ShouldBe(TokenStatus.Invalid, verifier, TokenMint.Elliptic(Claims, other, algorithm));
    }

    [Fact]
    public async Task A_token_signed_with_a_published_key_is_valid()
    {
        using var rsa = RSA.Create(2048);
        using var elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var edwards = RandomNumberGenerator.GetBytes(32);
        Publish(rsa, "r");
        Publish(elliptic, "e");
        Publish(edwards, "o");
        var verifier = Verifier(options => options.JwksPublicEndpoint = PublishedKeys.Endpoint);

        await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Rsa(Claims, rsa, keyId: "r"));
        await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Elliptic(Claims, elliptic, keyId: "e"));
        await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Edwards(Claims, edwards, keyId: "o"));
        await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Edwards(Claims, edwards));
        await ShouldBe(TokenStatus.Invalid, verifier, TokenMint.Edwards(Claims, RandomNumberGenerator.GetBytes(32), keyId: "o"));
        await ShouldBe(TokenStatus.Invalid, verifier, TokenMint.Rsa(Claims, rsa, keyId: "e"));
        await ShouldBe(TokenStatus.Invalid, verifier, TokenMint.Edwards(Claims, edwards, keyId: "r"));
        Assert.Equal(1, _published.Asked);
    }

    [Fact]
    public async Task Keys_that_are_rotated_are_fetched_again_at_most_once_in_ten_seconds()
    {
        var first = RandomNumberGenerator.GetBytes(32);
        var second = RandomNumberGenerator.GetBytes(32);
        Publish(first, "1");
        var verifier = Verifier(options => options.JwksPublicEndpoint = PublishedKeys.Endpoint);
        await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Edwards(Claims, first, "1"));

        Publish(second, "2");
        await ShouldBe(TokenStatus.Invalid, verifier, TokenMint.Edwards(Claims, second, "2"));
        Assert.Equal(1, _published.Asked);

        _time.Advance(TimeSpan.FromSeconds(10));
        await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Edwards(Claims, second, "2"));
        Assert.Equal(2, _published.Asked);
    }

    [Fact]
    public async Task Known_keys_stay_good_while_the_provider_is_away_and_without_any_it_is_nobodys_fault()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        Publish(key, "1");
        var verifier = Verifier(options => options.JwksPublicEndpoint = PublishedKeys.Endpoint);
        await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Edwards(Claims, key, "1"));

        _published.IsAway = true;
        _time.Advance(TimeSpan.FromHours(2));
        await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Edwards(Claims, key, "1"));

        var stranger = Verifier(options => options.JwksPublicEndpoint = PublishedKeys.Endpoint);
        var asked = _published.Asked;
        for (var i = 0; i < 3; i++) await ShouldBe(TokenStatus.Unavailable, stranger, TokenMint.Edwards(Claims, key, "1"));
        Assert.Equal(asked + 1, _published.Asked);
    }

    [Theory]
    [InlineData("text/plain; charset=nonsense", "{\"keys\":[]")]
    [InlineData("text/html", "<html>")]
    [InlineData("application/json", "{}")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", "{\"keys\":7}")]
    public async Task Known_keys_stay_good_whatever_the_provider_answers(string type, string body)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        Publish(key, "1");
        var log = new LogList();
        var verifier = Verifier(options => options.JwksPublicEndpoint = PublishedKeys.Endpoint, log);
        await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Edwards(Claims, key, "1"));

        _published.Answer = () =>
        {
            var content = new StringContent(body);
            content.Headers.Remove("Content-Type");
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            return new HttpResponseMessage { Content = content };
        };
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromHours(2));
            await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Edwards(Claims, key, "1"));
        }

        _published.Answer = null;
        _time.Advance(TimeSpan.FromHours(2));
        await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Edwards(Claims, key, "1"));
        Assert.Equal(2, log.Entries.Count);
        Assert.StartsWith("Warning The keys at https://provider.example/keys cannot be fetched", log.Entries[0], StringComparison.Ordinal);
        Assert.Equal("Information The keys at https://provider.example/keys can be fetched again.", log.Entries[1]);
    }

    [Fact]
    public async Task Keys_of_a_redirection_are_not_taken()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        Publish(key, "1");
        var keys = $$"""{"keys":[{{_published.Keys[0]}}]}""";
        var verifier = Verifier(options => options.JwksPublicEndpoint = PublishedKeys.Endpoint);
        _published.Answer = () => new HttpResponseMessage
        {
            RequestMessage = new HttpRequestMessage(HttpMethod.Get, "https://elsewhere.example/keys"),
            Content = new StringContent(keys),
        };
        await ShouldBe(TokenStatus.Unavailable, verifier, TokenMint.Edwards(Claims, key, "1"));

        _time.Advance(TimeSpan.FromSeconds(10));
        _published.Answer = () => new HttpResponseMessage(System.Net.HttpStatusCode.Redirect) { Content = new StringContent(keys) };
        await ShouldBe(TokenStatus.Unavailable, verifier, TokenMint.Edwards(Claims, key, "1"));
    }

    [Fact]
    public async Task A_published_key_that_is_malformed_costs_none_of_the_others()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        _published.Keys.Add("7");
        _published.Keys.Add("""{"kty":7}""");
        _published.Keys.Add("""{"kty":"RSA","kid":"1","n":"AQ","e":"AQAB"}""");
        Publish(key, "1");

        await ShouldBe(TokenStatus.Valid, Verifier(options => options.JwksPublicEndpoint = PublishedKeys.Endpoint), TokenMint.Edwards(Claims, key, "1"));
        using var rsa = RSA.Create(2048);
        await ShouldBe(TokenStatus.Invalid, Verifier(options => options.JwksPublicEndpoint = PublishedKeys.Endpoint), TokenMint.Rsa(Claims, rsa, keyId: "1"));
    }

    // RFC 7515 4.1.11.
    [Theory]
    [InlineData("""{"alg":"HS256","crit":["exp"],"exp":1}""")]
    [InlineData("""{"alg":"HS256","crit":["b64"],"b64":false}""")]
    [InlineData("""{"alg":"HS256","crit":[]}""")]
    [InlineData("""{"alg":"HS256","crit":"exp"}""")]
    [InlineData("""{"alg":"HS256","crit":null}""")]
    public async Task A_token_with_critical_extensions_is_invalid(string header) =>
        await ShouldBe(TokenStatus.Invalid, Secret(), TokenMint.WithHeader(header, Claims, "secret"));

    [Theory]
    [InlineData("""{"exp":null,"nbf":null,"iat":null,"iss":null,"aud":null,"jti":null,"sub":null,"info":null,"meta":null,"channels":null,"subs":null,"expire_at":null,"b64info":null}""")]
    [InlineData("""{"meta":[],"subs":[],"channels":[]}""")]
    [InlineData("""{"subs":{"a":[],"b":null}}""")]
    public async Task Null_and_an_empty_list_stand_for_what_is_absent(string claims) =>
        await ShouldBe(TokenStatus.Valid, Secret(), TokenMint.Hmac(claims, "secret"));

    [Theory]
    [InlineData("""{"jti":5,"iss":7,"aud":["a",1],"iat":"now"}""")]
    public async Task Claims_that_nothing_depends_on_are_not_looked_at(string claims) =>
        await ShouldBe(TokenStatus.Valid, Secret(), TokenMint.Hmac(claims, "secret"));

    [Theory]
    [InlineData("""{"exp":"soon"}""", "exp is not a number of seconds")]
    [InlineData("""{"exp":990}""", "it expired 10 s ago")]
    [InlineData("""{"nbf":1005}""", "it is not valid for another 5 s")]
    [InlineData("""{"iss":7}""", "iss is not a string")]
    [InlineData("""{"iss":"k"}""", "iss is not an accepted issuer")]
    [InlineData("""{"iss":"i","aud":["a",1]}""", "aud is neither a string nor a list of strings")]
    [InlineData("""{"iss":"i","aud":["b"]}""", "aud contains no accepted audience")]
    [InlineData("""{"iss":"i","aud":["a"],"sub":42}""", "sub is not a string")]
    [InlineData("""{"iss":"i","aud":["a"],"sub":"\ud83d"}""", "a string in it contains an unpaired surrogate")]
    [InlineData("""{"iss":"i","aud":["a"],"channels":[1]}""", "channels is not a list of strings")]
    [InlineData("""{"iss":"i","aud":["a"],"meta":7}""", "meta is not an object")]
    [InlineData("""{"iss":"i","aud":["a"],"channel":"c"}""", "it is for a channel, not for a connection")]
    public async Task Reason_of_a_refused_token_is_in_the_verdict(string claims, string reason)
    {
        var verifier = Verifier(options => (options.HmacSecretKey, options.Issuer, options.Audience) = ("secret", "i", "a"));

        var verdict = await verifier.VerifyConnectionAsync(TokenMint.Hmac(claims, "secret"), TestContext.Current.CancellationToken);

        Assert.Equal(reason, verdict.Reason);
    }

    [Theory]
    [InlineData("""{"channel":"c","client":5}""", "client is not a string")]
    [InlineData("""{"channel":"c","client":"\ud83d"}""", "a string in it contains an unpaired surrogate")]
    [InlineData("""{"channel":"c","b64data":5}""", "b64data is not a string")]
    [InlineData("""{"channel":"c","b64data":"!"}""", "b64data is not base64")]
    [InlineData("""{"channel":"c","override":{"pace":1}}""", PaceFault)]
    [InlineData("""{"channel":"c","override":{"pace":{"value":250}}}""", PaceFault)]
    [InlineData("""{"channel":"c","override":{"pace":{"value":{"latest":true}}}}""", PaceFault)]
    [InlineData("""{"channel":"c","override":{"pace":{"value":{"delay_ms":-1}}}}""", PaceFault)]
    [InlineData("""{"channel":"c","override":{"pace":{"value":{"delay_ms":1.5}}}}""", PaceFault)]
    [InlineData("""{"channel":"c","override":{"pace":{"value":{"delay_ms":1,"latest":1}}}}""", PaceFault)]
    [InlineData("""{"channel":"c","override":{"presence":{"value":false},"\ud83d of a name":1}}""", "a name in it contains an unpaired surrogate")]
    [InlineData("""{"channel":5}""", "it has no channel")]
    public async Task Reason_of_a_refused_subscription_token_is_in_the_verdict(string claims, string reason)
    {
        var verdict = await Secret().VerifySubscriptionAsync(TokenMint.Hmac(claims, "secret"), TestContext.Current.CancellationToken);

        Assert.Equal(reason, verdict.Reason);
    }

    [Fact]
    public async Task Payloads_of_a_token_hold_no_line_break_that_would_end_a_message()
    {
        var token = await Valid(Secret(), TokenMint.Hmac("{\"info\":{\n\"name\": \"Ann B\"\n},\"meta\":{\n}}", "secret"));

        Assert.Equal("""{"name":"Ann B"}""", Text(token.Info));
        Assert.Equal("{}", Text(token.Meta));
    }

    [Fact]
    public async Task Reason_quotes_nothing_that_steers_a_terminal()
    {
        var verdict = await Verifier(options => options.HmacSecretKey = "secret").VerifyConnectionAsync(
            TokenMint.WithHeader("""{"alg":"\u001b[31m\nx"}""", Claims, "secret"), TestContext.Current.CancellationToken);

        Assert.Contains("its algorithm, ?[31m?x, is not supported", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tricks_with_the_algorithm_fail()
    {
        using var rsa = RSA.Create(2048);
        var pem = rsa.ExportSubjectPublicKeyInfoPem();
        var verifier = Verifier(options =>
        {
            options.RsaPublicKey = pem;
            options.HmacSecretKey = "secret";
        });

        await ShouldBe(TokenStatus.Invalid, verifier, TokenMint.Unsigned(Claims));
        await ShouldBe(TokenStatus.Invalid, verifier, TokenMint.Hmac(Claims, pem));
        await ShouldBe(TokenStatus.Invalid, verifier, TokenMint.Hmac(Claims, "secret", "HS256") + "A");
        await ShouldBe(TokenStatus.Invalid, Verifier(_ => { }), TokenMint.Hmac(Claims, ""));
        await ShouldBe(TokenStatus.Invalid, Verifier(options => options.RsaPublicKey = pem), TokenMint.Hmac(Claims, pem));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("....")]
    [InlineData("e30.e30.")]
    [InlineData("bm8.bm8.bm8")]
    public async Task What_is_no_token_is_invalid(string token) =>
        await ShouldBe(TokenStatus.Invalid, Verifier(options => options.HmacSecretKey = "secret"), token);

    [Fact]
    public async Task Claims_that_are_no_object_or_of_the_wrong_type_are_invalid()
    {
        foreach (var claims in new[] { "[]", "1", "nonsense", """{"sub":42}""", """{"exp":"soon"}""", """{"b64info":"!"}""", """{"subs":{"a":1}}""", """{"sub":"1","channel":"c"}""", """{"sub":"1","channel":5}""" })
            await ShouldBe(TokenStatus.Invalid, Secret(), TokenMint.Hmac(claims, "secret"));
    }

    [Fact]
    public async Task An_endless_token_is_invalid() =>
        await ShouldBe(TokenStatus.Invalid, Secret(), TokenMint.Hmac($$"""{"sub":"{{new string('x', 100_000)}}"}""", "secret"));

    [Theory]
    [InlineData("""{"exp":1001}""", TokenStatus.Valid)]
    [InlineData("""{"exp":1000}""", TokenStatus.Expired)]
    [InlineData("""{"exp":999.9}""", TokenStatus.Expired)]
    [InlineData("""{"exp":-5}""", TokenStatus.Expired)]
    [InlineData("""{"nbf":1000}""", TokenStatus.Valid)]
    [InlineData("""{"nbf":1001}""", TokenStatus.Expired)]
    [InlineData("""{"exp":9007199254740991}""", TokenStatus.Valid)]
    public async Task Times_are_kept(string claims, TokenStatus expected) => await ShouldBe(expected, Secret(), TokenMint.Hmac(claims, "secret"));

    [Fact]
    public async Task An_expired_token_of_a_stranger_is_invalid_not_expired() =>
        await ShouldBe(TokenStatus.Invalid, Secret(), TokenMint.Hmac("""{"exp":1}""", "other"));

    [Fact]
    public async Task The_previous_secret_is_valid_until_its_time()
    {
        var verifier = Verifier(options =>
        {
            options.HmacSecretKey = "new";
            options.HmacPreviousSecretKey = "old";
            options.HmacPreviousSecretKeyValidUntil = _time.GetUtcNow().AddMinutes(1);
        });
        await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Hmac(Claims, "new"));
        await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Hmac(Claims, "old"));

        _time.Advance(TimeSpan.FromMinutes(1));
        await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Hmac(Claims, "new"));
        await ShouldBe(TokenStatus.Invalid, verifier, TokenMint.Hmac(Claims, "old"));
    }

    [Theory]
    [InlineData("""{"aud":"a","iss":"i1"}""", TokenStatus.Valid)]
    [InlineData("""{"aud":["x","a"],"iss":"i1"}""", TokenStatus.Valid)]
    [InlineData("""{"aud":["x"],"iss":"i1"}""", TokenStatus.Invalid)]
    [InlineData("""{"aud":"a","iss":"k"}""", TokenStatus.Invalid)]
    [InlineData("""{"aud":"a"}""", TokenStatus.Invalid)]
    [InlineData("""{"iss":"i1"}""", TokenStatus.Invalid)]
    [InlineData("""{"aud":1,"iss":"i1"}""", TokenStatus.Invalid)]
    public async Task Audience_and_issuer_are_checked_where_they_are_set(string claims, TokenStatus expected) => await ShouldBe(
        expected,
        Verifier(options =>
        {
            options.HmacSecretKey = "secret";
            options.Audience = "a";
            options.IssuerPattern = "^i[0-9]$";
        }),
        TokenMint.Hmac(claims, "secret"));

    [Fact]
    public async Task A_connection_token_says_all_about_the_connection()
    {
        var token = await Valid(Secret(), TokenMint.Hmac(
            """{"sub":"42","exp":2000,"info":{"name":"Ann"},"meta":{"plan":"free"},"channels":["a","b","a"],"subs":{"b":{"info":1,"b64data":"AP8=","override":{"presence":{"value":true},"force_recovery":{"value":false},"pace":{"value":{"delay_ms":250,"latest":true}}}}}}""",
            "secret"));

        Assert.Equal("42", token.User);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(2000), token.ExpiresAt);
        Assert.Equal("""{"name":"Ann"}""", Text(token.Info));
        Assert.Equal("""{"plan":"free"}""", Text(token.Meta));
        Assert.Equal(["a", "b"], token.Subscriptions.Select(subscription => subscription.Channel));
        var b = token.Subscriptions[1];
        Assert.Equal("1", Text((ReadOnlyMemory<byte>)b.Info!));
        Assert.Equal([0, 255], ((ReadOnlyMemory<byte>)b.Data!).ToArray());
        Assert.Equal(new SubscriptionOverrides { Presence = true, Recovery = false, Pace = new(TimeSpan.FromMilliseconds(250), LatestOnly: true) }, b.Overrides);
    }

    [Fact]
    public async Task A_connection_may_outlive_its_token_or_end_before_it()
    {
        Assert.Null((await Valid(Secret(), TokenMint.Hmac("""{"exp":2000,"expire_at":0}""", "secret"))).ExpiresAt);
        Assert.Equal(1500, (await Valid(Secret(), TokenMint.Hmac("""{"exp":2000,"expire_at":1500}""", "secret"))).ExpiresAt?.ToUnixTimeSeconds());
        Assert.Null((await Valid(Secret(), TokenMint.Hmac("{}", "secret"))).ExpiresAt);
    }

    [Fact]
    public async Task A_subscription_token_says_all_about_the_subscription()
    {
        var verdict = await Secret().VerifySubscriptionAsync(
            TokenMint.Hmac("""{"sub":"42","channel":"c","client":"x","exp":2000,"b64info":"AQ==","data":[1],"override":{"join_leave":{"value":true}}}""", "secret"), TestContext.Current.CancellationToken);

        var token = verdict.Token!;
        Assert.Equal(("42", "c", "x", 2000L), (token.User, token.Channel, token.Client, token.ExpiresAt?.ToUnixTimeSeconds()));
        Assert.Equal([1], token.Info.ToArray());
        Assert.Equal("[1]", Text(token.Data));
        Assert.True(token.Overrides.JoinLeave);
        Assert.Equal(TokenStatus.Invalid, (await Secret().VerifySubscriptionAsync(TokenMint.Hmac(Claims, "secret"), TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public async Task Subscription_tokens_may_have_keys_of_their_own()
    {
        var verifier = new TokenVerifier(new TokenOptions { HmacSecretKey = "connect" }, new TokenOptions { HmacSecretKey = "subscribe" }, _time, _http);
        const string claims = """{"sub":"42","channel":"c"}""";

        Assert.Equal(TokenStatus.Valid, (await verifier.VerifySubscriptionAsync(TokenMint.Hmac(claims, "subscribe"), TestContext.Current.CancellationToken)).Status);
        Assert.Equal(TokenStatus.Invalid, (await verifier.VerifySubscriptionAsync(TokenMint.Hmac(claims, "connect"), TestContext.Current.CancellationToken)).Status);
        await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Hmac(Claims, "connect"));
    }

    [Fact]
    public async Task The_user_may_be_in_another_claim()
    {
        var verifier = Verifier(options => (options.HmacSecretKey, options.UserIdClaim) = ("secret", "uid"));

        Assert.Equal("7", (await Valid(verifier, TokenMint.Hmac("""{"sub":"42","uid":"7"}""", "secret"))).User);
    }

    [Fact]
    public async Task Without_verification_a_token_still_expires()
    {
        var verifier = Verifier(options => options.InsecureSkipSignatureVerification = true);

        await ShouldBe(TokenStatus.Valid, verifier, TokenMint.Hmac(Claims, "anything"));
        await ShouldBe(TokenStatus.Expired, verifier, TokenMint.Hmac("""{"exp":1}""", "anything"));
    }

    private TokenVerifier Secret() => Verifier(options => options.HmacSecretKey = "secret");

    private TokenVerifier Verifier(Action<TokenOptions> configure, ILogger<TokenVerifier>? log = null)
    {
        var options = new TokenOptions();
        configure(options);
        return new TokenVerifier(options, null, _time, _http, log);
    }

    private void Publish(RSA key, string id)
    {
        var parameters = key.ExportParameters(false);
        _published.Keys.Add($$"""{"kty":"RSA","kid":"{{id}}","n":"{{TokenMint.Base64Url(parameters.Modulus)}}","e":"{{TokenMint.Base64Url(parameters.Exponent)}}"}""");
    }

    private void Publish(ECDsa key, string id)
    {
        var point = key.ExportParameters(false).Q;
        _published.Keys.Add($$"""{"kty":"EC","crv":"P-256","kid":"{{id}}","x":"{{TokenMint.Base64Url(point.X)}}","y":"{{TokenMint.Base64Url(point.Y)}}"}""");
    }

    private void Publish(byte[] edwardsPrivateKey, string id)
    {
        var point = new byte[32];
        Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.GeneratePublicKey(edwardsPrivateKey, 0, point, 0);
        _published.Keys.Add($$"""{"kty":"OKP","crv":"Ed25519","kid":"{{id}}","x":"{{TokenMint.Base64Url(point)}}"}""");
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private static async Task<ConnectionToken> Valid(TokenVerifier verifier, string token)
    {
        var verdict = await verifier.VerifyConnectionAsync(token, TestContext.Current.CancellationToken);
        Assert.Equal(TokenStatus.Valid, verdict.Status);
        return verdict.Token!;
    }

    private static async Task ShouldBe(TokenStatus expected, TokenVerifier verifier, string token)
    {
        var verdict = await verifier.VerifyConnectionAsync(token, TestContext.Current.CancellationToken);
        Assert.Equal(expected, verdict.Status);
        Assert.Equal(expected == TokenStatus.Valid, verdict.Token is not null);
    }

    private sealed class LogList : ILogger<TokenVerifier>
    {
        public List<string> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add($"{logLevel} {formatter(state, exception)}");
    }
}
