namespace Duplex.AspNetCore.Json;

/// <summary>The shape that a reader expects of a member of a JSON object.</summary>
internal enum JsonShape
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A string, as an item of a list or of an object.</summary>
    TextItem,

    /// <summary>A boolean.</summary>
    Flag,

    /// <summary>An object, or an empty list.</summary>
    Object,

    /// <summary>A list of strings.</summary>
    TextList,

    /// <summary>A list of objects.</summary>
    ObjectList,

    /// <summary>Bytes in base64.</summary>
    Base64,

    /// <summary>A string without unpaired surrogates (RFC 8259 section 8.2).</summary>
    WholeText,

    /// <summary>An object whose names have no unpaired surrogates.</summary>
    WholeNames,
}
