<#
.SYNOPSIS
    Tells how many lines of each reader of foreign bytes were reached by tests, from the reports of coverlet; an error where that is too few.
.PARAMETER Path
    The folder of the reports (coverage.cobertura.xml), at any depth. A line counts that any of them has reached.
.PARAMETER Least
    The share in percent that each reader has to reach.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)] [string] $Path,
    [double] $Least = 80
)

$ErrorActionPreference = 'Stop'
# By the place of the source in src/CnnVis.Engine; what only writes is no reader.
$readers = [ordered]@{
    'ONNX' = '^Models/Onnx/(?!OnnxWriter|TensorProto|NodeProto)'
    'pickle, zip (PyTorch)' = '^Models/Weights/(PyTorch|Pickles|Archives)/'
    'torch.export' = '^Models/Exported/'
    'safetensors' = '^Models/Weights/(Safetensors/SafetensorsReader|ShardIndex)'
    'npy, npz' = '^(NumPy/Npy(Header|Literal)|Models/Weights/NumPyWeights|Codes/Files/(NumPyArrays|CodeFile)|Images/ArrayImage)'
    'tar' = '^Images/Tar'
    'CSV, lists of classes' = '^(Tables/|Codes/Files/CodeTable|Models/Metadata/)'
    'TIFF' = '^Images/Decoding/Tiff'
    'PBM, PGM, PPM' = '^Images/Decoding/PortableImage'
    'TGA' = '^Images/Decoding/TargaImage'
    'checkpoints' = '^Scans/Scan(File|Reader|Line|Merge|State|Error|Json)'
}
$lines = @{}
$reports = @(Get-ChildItem $Path -Recurse -Filter coverage.cobertura.xml)
if (-not $reports) { throw "There is no report of coverlet in '$Path'." }
foreach ($report in $reports) {
    $document = [xml]::new()
    $document.XmlResolver = $null
    $document.Load($report.FullName)
    $source = $document.SelectSingleNode('//source').InnerText
    foreach ($class in $document.SelectNodes('//class')) {
        if ("$source/$($class.filename)" -notmatch '(^|[/\\])CnnVis\.Engine[/\\]+(?!obj[/\\])(.+)$') { continue }
        $file = $Matches[2].Replace('\', '/')
        foreach ($line in $class.SelectNodes('lines/line')) { $lines["$file`:$($line.number)"] = [Math]::Max([int]$line.hits, [int]$lines["$file`:$($line.number)"]) }
    }
}
$few = foreach ($reader in $readers.Keys) {
    $own = @($lines.Keys | Where-Object { $_ -match $readers[$reader] })
    if (-not $own) { throw "No source of the reader '$reader' is in the reports: its pattern is out of date." }
    $reached = @($own | Where-Object { $lines[$_] -gt 0 }).Count
    $share = 100.0 * $reached / $own.Count
    # To the host: the variable takes what comes down the pipeline.
    [Console]::WriteLine([string]::Format([cultureinfo]::InvariantCulture, '{0,-24}{1,6} of {2,5} lines {3,6:F1} %', $reader, $reached, $own.Count, $share))
    if ($share -lt $Least) {
        $reader
        $own | Where-Object { $lines[$_] -eq 0 } | Group-Object { $_.Split(':')[0] } | Sort-Object Count -Descending | Select-Object -First 5 |
            ForEach-Object { [Console]::WriteLine("    not reached: $($_.Name), lines $(($_.Group | ForEach-Object { [int]$_.Split(':')[1] } | Sort-Object | Select-Object -First 12) -join ', ')") }
    }
}
if ($few) { throw "Less than $Least % of the lines were reached of: $($few -join ', ')." }
