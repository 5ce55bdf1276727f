<#
.SYNOPSIS
    The 5,000 validation pictures of Tiny ImageNet 100, unpacked into a folder that the caller deletes: Files, in ordinal order, and Labels, a table of what they show.
.PARAMETER Data
    The folder with val.tar and classes.tsv.
.PARAMETER Folder
    Where they go.
#>
param(
    [Parameter(Mandatory)] [string] $Data,
    [Parameter(Mandatory)] [string] $Folder
)

[System.Formats.Tar.TarFile]::ExtractToDirectory("$Data/val.tar", $Folder, $true)
$files = [System.IO.Directory]::GetFiles($Folder, '*.JPEG', 'AllDirectories')
[Array]::Sort($files, [StringComparer]::Ordinal)

# A picture's folder is the id of its class.
$names = @{}
foreach ($line in [System.IO.File]::ReadAllLines("$Data/classes.tsv")) { $index, $id, $name = $line.Split("`t"); $names[$id] = $name }
$labels = "$Folder/labels.tsv"
[System.IO.File]::WriteAllLines($labels, [string[]] @("path`tclass"; $files.ForEach({ "$_`t$($names[[System.IO.Path]::GetFileName([System.IO.Path]::GetDirectoryName($_))])" })))
[pscustomobject] @{ Files = $files; Labels = $labels }
