namespace CentralOps.Aws.Models;

/// <summary>What an operation says of its requests' checksums.</summary>
/// <param name="Md5">An MD5 of the body is demanded, and nothing newer is known (<c>httpChecksumRequired</c> alone).</param>
/// <param name="AlgorithmMember">The input's member that chooses the algorithm (<c>httpChecksum</c>).</param>
public sealed record ChecksumTraits(bool Md5, string? AlgorithmMember);

/// <summary>What an operation says of its answers' checksums (<c>httpChecksum</c>).</summary>
/// <param name="Algorithms">Those that an answer may carry, such as <c>CRC32</c>.</param>
/// <param name="ModeMember">The input's member that asks for one.</param>
public sealed record AnswerChecksumTraits(IReadOnlyList<string> Algorithms, string ModeMember);
