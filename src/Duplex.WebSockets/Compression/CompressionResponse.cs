using System.Diagnostics.CodeAnalysis;
using System.Text;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Messages;

namespace Duplex.WebSockets.Compression;

/// <summary>Represents a server's response to Sec-WebSocket-Extensions, and creates the codecs that it requires.</summary>
internal readonly struct CompressionResponse
{
    private readonly DeflateOptions? _options;
    private readonly DeflateAgreement? _agreement;

    private CompressionResponse(DeflateOptions? options, DeflateNegotiator negotiator)
    {
        _options = options;
        _agreement = negotiator.Agreement;
        Field = negotiator.Response;
    }

    /// <summary>The value of the response's Sec-WebSocket-Extensions field, or null when the field must be omitted.</summary>
    public string? Field { get; }

    /// <summary>Negotiates permessage-deflate. RFC 7692 section 5.</summary>
    /// <param name="field">The field of the request, with the values of repeated fields joined by commas; null when it is absent.</param>
    /// <param name="options">The compression options of the endpoint, or null for no compression.</param>
    /// <param name="response">The response.</param>
    /// <returns>False when the field is malformed and the request must be rejected with 400. RFC 6455 section 9.1.</returns>
    public static bool TryCreate(string? field, DeflateOptions? options, out CompressionResponse response)
    {
        var negotiator = new DeflateNegotiator(options);
        var isValid = field is null || negotiator.Read(Encoding.Latin1.GetBytes(field)) == ExtensionFault.None;
        response = isValid ? new CompressionResponse(options, negotiator) : default;
        return isValid;
    }

    /// <summary>Creates the codecs of the connection, which disposes them.</summary>
    /// <returns>False when compression was not negotiated.</returns>
    public bool TryCreateCodecs([NotNullWhen(true)] out MessageInflater? inflater, [NotNullWhen(true)] out MessageDeflater? deflater)
    {
        (inflater, deflater) = (null, null);
        if (_options is null || _agreement is not { } agreement) return false;
        inflater = new MessageInflater(Role.Server, agreement);
        deflater = new MessageDeflater(Role.Server, agreement, _options);
        return true;
    }
}
