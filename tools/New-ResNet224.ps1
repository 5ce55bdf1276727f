<#
.SYNOPSIS
    Makes src/CnnVis.Engine/Models/Bundled/resnet224.onnx anew: fits the classifier and writes the file.
.DESCRIPTION
    Needs a built module. The classifier is fitted to the codes of the training pictures by New-CnnClassifier, which chooses the weight decay on a tenth of them.
.PARAMETER Data
    A folder with Tiny ImageNet's training pictures of 100 classes as train-*.tar (entries class/picture), and classes.tsv (index, wnid, name).
.PARAMETER Code
    Files of codes that were computed before, instead of the tar files: Get-CnnCode train-*.tar -Model resnet224 | Export-CnnCode codes.npz.
#>
param([Parameter(Mandatory)] [string] $Data, [string[]] $Code)

$ErrorActionPreference = 'Stop'
$root = [IO.Path]::GetFullPath("$PSScriptRoot/..")
Import-Module "$root/CnnVis.psd1"
$names = [ordered]@{}
Import-Csv "$Data/classes.tsv" -Delimiter "`t" | ForEach-Object { $names[$_.wnid] = $_.name }
$how = @{ Model = 'resnet224'; Name = 'resnet224'; ClassName = $names; Verbose = $true }
$classifier = if ($Code) { Import-CnnCode $Code | New-CnnClassifier @how } else { New-CnnClassifier "$Data/train-*.tar" @how }
"$($classifier.Fit)"
$head = Join-Path ([IO.Path]::GetTempPath()) 'resnet224.safetensors'
$classifier | Export-CnnModel $head -Force
[xml] $versions = Get-Content "$root/Directory.Packages.props"
$package = "$((dotnet nuget locals global-packages --list) -replace '^[^:]+: ')microsoft.ml.dnnimagefeaturizer.resnet18/$($versions.Project.PropertyGroup.ResNet18Version | Where-Object { $_ })"
dotnet run --project "$root/tools/CnnVis.Train" -- --package $package --head $head --output "$root/src/CnnVis.Engine/Models/Bundled"
Remove-Item $head
