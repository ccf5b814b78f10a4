using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.Options;
using Showcase.Exchange.PublicData;
using Showcase.Hosting;
using Showcase.Visitors;

namespace Showcase.Exchange.Rest;

/// <summary>Registers and maps the public calls over HTTP, which docs/protocol/binance.md describes.</summary>
internal static class RestMapping
{
    private const string Limited = "Too many requests; the limit of the address is exceeded. Use the market streams for live updates, which need no polling.";

    /// <summary>Registers the limits of the calls.</summary>
    public static DuplexBuilder AddPublicCalls(this DuplexBuilder duplex)
    {
        duplex.Services.AddSection<RestOptions>("ExchangeRest");
        duplex.Services.AddSingleton<WeightMeter>();
        return duplex;
    }

    /// <summary>Maps the paths below <c>/api/v3</c>.</summary>
    public static void MapPublicCalls(this WebApplication app)
    {
        var calls = MarketCalls.All(app.Services.GetRequiredService<IOptions<RestOptions>>().Value);
        app.Map("/api/v3/{**call}", (string? call, HttpContext context, WeightMeter meter, ExchangeLoop exchange) =>
            AnswerAsync(calls.GetValueOrDefault(call ?? ""), context, meter, exchange));
    }

    private static async Task AnswerAsync(MarketCall? call, HttpContext context, WeightMeter meter, ExchangeLoop exchange)
    {
        var parameters = new CallParameters(RawQuery.Parse(context.Request.QueryString.Value ?? ""));
        try
        {
            Count(context, meter, call?.WeightOf(parameters) ?? 1);
            if (call is null) throw RestException.Unsupported(StatusCodes.Status404NotFound);
            if (!HttpMethods.IsGet(context.Request.Method)) throw RestException.Unsupported(StatusCodes.Status405MethodNotAllowed);
            parameters.CheckNames(call.Parameters);
            var perMillisecond = PerMillisecond(context.Request);
            var value = await exchange.RunAsync(call.Prepare(parameters));
            await WriteAsync(context, StatusCodes.Status200OK, value, perMillisecond);
        }
        catch (RestException exception)
        {
            await WriteAsync(context, exception.Status, ErrorOf(exception), 1);
        }
        catch (ClientException)
        {
            var overloaded = RestException.Overloaded();
            await WriteAsync(context, overloaded.Status, ErrorOf(overloaded), 1);
        }
    }

    private static void Count(HttpContext context, WeightMeter meter, int weight)
    {
        var peer = context.Connection.RemoteIpAddress is { } address ? new System.Net.IPEndPoint(address, 0) : null;
        var verdict = meter.Take(AddressGroup.Of(peer), weight);
        var headers = context.Response.Headers;
        headers["X-MBX-USED-WEIGHT"] = headers["X-MBX-USED-WEIGHT-1M"] = $"{verdict.Used}";
        if (verdict.Outcome == WeightOutcome.Allowed) return;
        headers.RetryAfter = $"{verdict.RetryAfter}";
        throw verdict.Outcome == WeightOutcome.Limited
            ? new RestException(-1003, Limited, StatusCodes.Status429TooManyRequests)
            : new RestException(-1003, $"Way too many requests; the address is banned until {verdict.Until}. {Limited}", StatusCodes.Status418ImATeapot);
    }

    private static long PerMillisecond(HttpRequest request) =>
        "MICROSECOND".Equals(request.Headers["X-MBX-TIME-UNIT"], StringComparison.OrdinalIgnoreCase) ? PublicJson.Microseconds : 1;

    private static async Task WriteAsync(HttpContext context, int status, PublicValue value, long perMillisecond)
    {
        var body = PublicJson.Encode(value, perMillisecond);
        var response = context.Response;
        (response.StatusCode, response.ContentType, response.ContentLength) = (status, "application/json;charset=UTF-8", body.Length);
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static PublicValue ErrorOf(RestException exception) => (json, _) =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", exception.Code);
        json.WriteString("msg", exception.Message);
        json.WriteEndObject();
    };
}
